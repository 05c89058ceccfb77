import type {Draft} from '../draft.ts';
import {field, flag, idText, known, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {accountOf, parseArn} from './arn.ts';
import {blank} from './map-compute.ts';
import {lastPart} from './mentions.ts';
import {ledgerScope} from './scope.ts';
import {timeOf} from './time.ts';

/** `KeyMetadata` of kms describe-key. Keys AWS makes for its own services hold no custody of ours. */
export function mapKey(draft: Draft, value: Row, {scope}: AnswerContext): void {
  const row = field(value, 'KeyMetadata');
  const arn = text(row, 'Arn');
  const parsed = parseArn(arn);
  if (arn === null || parsed === null)
    return draft.reject(ledgerScope(scope), 'key without Arn', '/KeyMetadata/Arn');
  const account = idText(row, 'AWSAccountId') ?? accountOf(arn);
  const manager = text(row, 'KeyManager');
  if (manager === 'AWS') return draft.classify(arn, 'AWS managed key');
  const id = `aws:${arn}`;
  draft.keep(
    {
      ...blank(draft, id, account, parsed.region, '/KeyMetadata'),
      name: lastPart(arn),
      type: 'key-vault',
      nativeType: 'AWS::KMS::Key',
      state: flag(row, 'Enabled') === true ? 'running' : 'unknown',
      attributes: known<string | number | boolean>({
        kmsOrigin: text(row, 'Origin'),
        kmsKeyManager: manager,
        kmsKeyStore: text(row, 'CustomKeyStoreId'),
        kmsExternalKey: text(row, 'XksKeyConfiguration', 'Id'),
        kmsMultiRegion: flag(row, 'MultiRegion'),
        kind: text(row, 'KeyUsage'),
        keyState: text(row, 'KeyState'),
        created: timeOf(field(row, 'CreationDate')),
      }),
    },
    '/KeyMetadata',
    arn,
  );
}
