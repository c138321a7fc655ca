import type { Caller } from '../../../src/access/caller';

const { env } = process;
afterEach(() => {
  process.env = env;
});

async function load(reads: 'members' | 'public') {
  jest.resetModules();
  process.env = { ...env, READS: reads };
  return (await import('../../../src/access/require-reader')).requireReader;
}

const callerIn = (...groups: string[]): Caller => ({ sub: 'user-1', groups });

describe('requireReader', () => {
  it.each([[['user']], [['admin']], [['x', 'admin', 'user']]])('lets in a caller in %j', async (groups) => {
    for (const reads of ['members', 'public'] as const) {
      const caller = callerIn(...groups);
      expect((await load(reads))(caller)).toBe(caller);
    }
  });

  it.each<[string, Caller | undefined]>([
    ['nobody', undefined],
    ['a caller in no group', callerIn()],
    ['a caller in other groups', callerIn('User', 'users', 'x,admin', '[user]', 'editor')],
  ])('refuses %s where the reads are for members, and lets them in where they are public', async (_, caller) => {
    const forMembers = await load('members');
    expect(() => forMembers(caller)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect((await load('public'))(caller)).toBe(caller);
  });
});
