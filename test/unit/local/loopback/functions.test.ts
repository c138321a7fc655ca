import { existsSync, statSync } from 'node:fs';
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
});
