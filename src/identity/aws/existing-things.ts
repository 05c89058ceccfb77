import type {PathTarget, PrivilegePath} from '../../model/privilege-paths.ts';
import {type Aws, type Holder, obtain} from './engine.ts';
import {passableNode} from './pass-role.ts';
import {ANY, type PrincipalClass} from './policy/index.ts';
import {openOn} from './subjects.ts';
import {missingTarget} from './target-gaps.ts';
import {type Chance, all, both, chanceOf, surer} from './ways.ts';

/** Something that exists acts with its role for the holder: a machine, function, task, stack, project, notebook … */
export function addExistingThing(aws: Aws, holder: Holder, path: PrivilegePath, target: PathTarget): void {
  const {asking, context, sets} = aws;
  const {population, group, account, number} = holder;
  const actions = path.needs.filter(({on}) => on === 'subject').map(({action}) => action);
  const free = path.needs.filter(({on}) => on === 'any').map(({action}) => action);
  const beside = both(asking.anywhere(group, free), passesSome(aws, holder, path));
  if (beside.ways.length === 0) return;
  const things = population.things(target);
  const arn = target.arn.replace('arn:*:', `arn:${population.partition}:`).replace('{account}', number);
  const probe = arn.replaceAll('*', ANY);
  if (things === null) {
    // The kind was not exported: its role is one of those that trust the service.
    const profile = target.service === 'ec2.amazonaws.com';
    const roles = target.service === null ? [] : population.passable([target.service], profile).items;
    const chance = both(beside, onSome(aws, group, actions, probe));
    if (roles.length === 0 || chance.ways.length === 0) return;
    const head = passableNode(
      aws,
      holder,
      target.service!,
      profile,
      roles.map(({id}) => id),
    );
    obtain(aws, holder, head, path, chance, {
      gap: missingTarget(context, account, target),
    });
    return;
  }
  for (const {chance, members} of openOn(asking, group, actions, things, probe)) {
    const sort = path.subject;
    const set = sets.of(
      account,
      sort,
      `${sort}s`,
      members.map(({id}) => id),
      things.items.map(({id}) => id),
    );
    obtain(aws, holder, set, path, both(chance, beside));
  }
}

/** Some things of the kind, whatever they are called. */
function onSome({asking}: Aws, group: PrincipalClass, actions: readonly string[], probe: string): Chance {
  const whole = all(actions.map((action) => chanceOf(asking.ask(group, {action, resource: probe}))));
  return whole.ways.length > 0 ? whole : asking.anywhere(group, actions);
}

function passesSome({asking}: Aws, {group, population, number}: Holder, path: PrivilegePath): Chance {
  const needs = path.needs.filter(({on}) => on === 'some-role');
  const probe = `arn:${population.partition}:iam::${number}:role/${ANY}`;
  return all(
    needs.map(({action}) =>
      openOn(asking, group, [action], population.roles, probe).reduce<Chance>(
        (best, {chance}) => surer(best, chance),
        {ways: [], because: []},
      ),
    ),
  );
}
