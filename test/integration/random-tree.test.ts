/** Random moves, creations and deletions by several callers at once: whatever they are answered, the tree stays one. */
import fc from 'fast-check';
import { createCategory, send } from '../support/catalog';
import { rounds } from '../support/depth';
import { expectSoundTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';

const callers = 6;
const [few, any] = [fc.nat({ max: 5 }), fc.nat({ max: 40 })];
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('move' as const), which: any, to: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lift' as const), which: any, to: few }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), which: few, to: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which: any, to: few }) },
);

const expected = new Set([
  ...['200', '201', '204', '404 not_found', '409 category_has_children'],
  ...['422 category_cycle', '422 category_too_deep', '422 parent_not_found'],
]);

it(`${callers} callers leave a sound tree, and are told what came of each step`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 6, maxLength: 12 }), { minLength: callers, maxLength: callers }),
      async (plans) => {
        await emptyTable();
        // A path of eight, so that depth is met as well, and some beside it.
        const ids: string[] = [];
        for (let level = 0; level < 8; level += 1) ids.push((await createCategory({ parentId: ids.at(-1) })).id);
        for (let number = 0; number < 4; number += 1) ids.push((await createCategory()).id);
        const told: string[] = [];
        await Promise.all(
          plans.map(async (plan) => {
            for (const planned of plan) {
              const [id = '', to = ''] = [ids[planned.which % ids.length], ids[planned.to % ids.length]];
              const { status, body } = await perform(planned.do, id, to);
              if (status === 201) ids.push(body.id);
              told.push(body?.code === undefined ? `${status}` : `${status} ${body.code}`);
            }
          }),
        );
        expect(told.filter((outcome) => !expected.has(outcome))).toEqual([]);
        await expectSoundTable();
      },
    ),
    // A race does not happen again in a smaller case: looking for one only hides what came of this one.
    { numRuns: rounds(6), endOnFailure: true },
  );
});

function perform(what: 'move' | 'lift' | 'create' | 'remove', id: string, to: string) {
  const patch = 'PATCH /categories/{categoryId}';
  switch (what) {
    case 'move':
      return send(patch, { id, body: { parentId: to } });
    case 'lift':
      return send(patch, { id, body: { parentId: null } });
    case 'create':
      return send('POST /categories', { body: { name: 'Random', parentId: to } });
    case 'remove':
      return send('DELETE /categories/{categoryId}', { id });
  }
}
