/** A policy that cannot be enforced is refused with a sentence that says what to change. */
import * as access from '../../../src/access/policy';
import { policyFaults } from '../../../src/access/policy-faults';

const sound = {
  groups: { admin: { description: '', precedence: 0 }, user: { description: '', precedence: 1 } },
  levels: { admin: ['admin'], user: ['user', 'admin'] },
  policy: { 'POST /things': 'admin', 'GET /things': 'user' },
};
const group = (precedence: number) => ({ description: '', precedence });

it('finds nothing wrong with the policy of this project', () => {
  expect(policyFaults(access)).toEqual([]);
});

const faulty: [what: string, change: Partial<Parameters<typeof policyFaults>[0]>, sentence: string][] = [
  [
    'a group in no level',
    { groups: { ...sound.groups, movies: group(2) } },
    'the group "movies" may use no route: give it a level, and a route that asks for the level',
  ],
  [
    'a tie',
    { groups: { ...sound.groups, user: group(0) } },
    'the groups admin and user have the same precedence, so a user in both would get no role',
  ],
  [
    'a level of a group that there is not',
    { levels: { ...sound.levels, user: ['user', 'admin', 'editor'] } },
    'the level "user" names the group "editor", which does not exist',
  ],
  [
    'a route of a level that there is not',
    { policy: { ...sound.policy, 'GET /more': 'editor' } },
    'GET /more asks for the level "editor", which no group has',
  ],
  [
    'a route of a level that is only inherited',
    { policy: { ...sound.policy, 'GET /more': 'toString' } },
    'GET /more asks for the level "toString", which no group has',
  ],
  [
    'a level without groups',
    { levels: { ...sound.levels, none: [] }, policy: { ...sound.policy, 'GET /more': 'none' } },
    'GET /more asks for the level "none", which no group has',
  ],
  [
    'a level that no route asks for',
    { levels: { ...sound.levels, both: ['admin'] } },
    'no route asks for the level "both"',
  ],
  ...['Movies', 'x,admin', 'film fans', 'café', '1st', ''].map((name): (typeof faulty)[number] => [
    `the name ${JSON.stringify(name)}`,
    { groups: { ...sound.groups, [name]: group(2) }, levels: { ...sound.levels, user: ['user', 'admin', name] } },
    `the group "${name}" must have a name of lower-case letters, digits and hyphens, as a role has`,
  ]),
  ...[-1, 0.5, NaN].map((precedence): (typeof faulty)[number] => [
    `the precedence ${precedence}`,
    { groups: { ...sound.groups, user: group(precedence) } },
    'the precedence of the group "user" must be a whole number',
  ]),
];

it.each(faulty)('refuses %s', (_, change, sentence) => {
  expect(policyFaults({ ...sound, ...change })).toEqual([sentence]);
});

it('tells of every group of a tie once', () => {
  const tied = { ...sound, groups: { admin: group(1), user: group(1), other: group(1) } };
  expect(policyFaults({ ...tied, levels: { ...sound.levels, user: ['user', 'admin', 'other'] } })).toEqual([
    'the groups admin and user and other have the same precedence, so a user in both would get no role',
  ]);
});
