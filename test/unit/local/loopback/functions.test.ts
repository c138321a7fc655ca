import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newFunctionSocket } from '../../../../local/loopback/functions';

describe('newFunctionSocket', () => {
  it('is in a folder of its own that no other user may enter, until it is removed', () => {
    const [socket, other] = [newFunctionSocket(), newFunctionSocket()];
    const folder = path.dirname(socket.path);
    expect(path.dirname(other.path)).not.toBe(folder);
    expect(statSync(folder).mode & 0o077).toBe(0);
    // As many as a socket's address holds on every system.
    expect(Buffer.byteLength(socket.path)).toBeLessThanOrEqual(103);
    socket.remove();
    other.remove();
    expect(existsSync(folder)).toBe(false);
  });

  it('says which variable to set where sockets cannot be in the folder of temporary files, and leaves nothing', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'catalog-long-'));
    const long = path.join(folder, 'x'.repeat(90));
    mkdirSync(long);
    const { TMPDIR = '' } = process.env;
    try {
      process.env['TMPDIR'] = long;
      expect(newFunctionSocket).toThrow(
        `The path of a socket in ${long} would be too long: set TMPDIR to another folder, such as /tmp.`,
      );
      expect(readdirSync(long)).toEqual([]);
      process.env['TMPDIR'] = path.join(folder, 'nowhere');
      expect(newFunctionSocket).toThrow(
        `Nothing can be written in ${folder}/nowhere: set TMPDIR to another folder, such as /tmp.`,
      );
    } finally {
      process.env['TMPDIR'] = TMPDIR;
      rmSync(folder, { recursive: true });
    }
  });
});
