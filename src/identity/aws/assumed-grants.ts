import type {PrivilegePath} from '../../model/privilege-paths.ts';
import {arnOf} from './accounts.ts';
import {obtainEverything} from './administrators.ts';
import type {Aws, Holder} from './engine.ts';
import {ANY} from './policy/index.ts';
import {subjectList} from './subject-list.ts';
import {openOn} from './subjects.ts';
import {type Chance, all, chanceOf, surer} from './ways.ts';

/** A role that the holder may assume is given every right first. */
export function addAssumedGrant(aws: Aws, holder: Holder, path: PrivilegePath): void {
  const {asking, classOf, delegations} = aws;
  const plain = path.needs.filter(({on}) => on === 'subject').map(({action}) => action);
  const rewriting = path.needs.filter(({on}) => on === 'policy-of-subject').map(({action}) => action);
  for (const {id: member} of holder.members) {
    const roles = [...delegations.rolesOf(member)].flatMap((id) => {
      const known = classOf.get(id);
      return known && known.account === holder.account ? [{id, arn: arnOf(id)}] : [];
    });
    if (roles.length === 0) continue;
    const seen = new Set<unknown>();
    const give = (id: string, chance: Chance): void => {
      const {group} = classOf.get(id)!;
      if (seen.has(group.boundary)) return;
      seen.add(group.boundary);
      obtainEverything(aws, holder, group, path, chance, [member]);
    };
    if (plain.length > 0) {
      const probe = `arn:${holder.population.partition}:iam::${holder.number}:role/${ANY}`;
      for (const {chance, members} of openOn(asking, holder.group, plain, subjectList(roles), probe))
        for (const {id} of members) give(id, chance);
      continue;
    }
    for (const {id} of roles) {
      const policies = classOf
        .get(id)!
        .policies.filter((policy) => policy.includes(`:iam::${holder.number}:policy/`));
      const chance = policies
        .map((policy) =>
          all(
            rewriting.map((action) => chanceOf(asking.ask(holder.group, {action, resource: arnOf(policy)}))),
          ),
        )
        .reduce<Chance>(surer, {ways: [], because: []});
      if (chance.ways.length > 0) give(id, chance);
    }
  }
}
