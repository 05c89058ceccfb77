import type {Shape} from '../shape.ts';
import {isAnswerTable, mapAnswers} from './answers.ts';
import {isDependencyTable, mapDependencies} from './dependencies.ts';
import {holdsKind, mapDocuments} from './documents.ts';
import {isRegisterTable, mapRegisterTable} from './register-table.ts';

/** Files people write by hand: identity roots, business functions, dependencies. */
export const shapes: Shape[] = [
  {
    id: 'declared.identity',
    title: 'identity.yaml (kind: Identity)',
    matches: (decoded) => holdsKind(decoded, 'Identity'),
    map: (decoded, file) => mapDocuments('declared.identity', decoded, file),
  },
  {
    id: 'declared.register',
    title: 'register.yaml (kind: Register) or register.csv (id,function,covers,…)',
    matches: (decoded) => holdsKind(decoded, 'Register') || isRegisterTable(decoded),
    map: (decoded, file) =>
      decoded.kind === 'yaml'
        ? mapDocuments('declared.register', decoded, file)
        : mapRegisterTable(decoded, file),
  },
  {
    id: 'declared.answers',
    title: 'filled-in sheet of `bulkhead gaps --output` (gap,answer,answered by,date,because)',
    matches: isAnswerTable,
    map: (decoded, file) => mapAnswers(decoded, file),
  },
  {
    id: 'declared.dependencies',
    title: 'deps.csv (from,to,kind,gib_per_month[,max_latency_ms])',
    matches: isDependencyTable,
    map: (decoded, file) => mapDependencies(decoded, file),
  },
];
