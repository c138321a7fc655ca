import { readHeaders } from '../../../cli/request-headers';

describe('readHeaders', () => {
  it.each([
    ['Idempotency-Key: order-1', 'idempotency-key', 'order-1'],
    ['if-none-match:"1"', 'if-none-match', '"1"'],
    ['Accept: text/html, */*;q=0.1 \t', 'accept', 'text/html, */*;q=0.1'],
    ['X-Empty:', 'x-empty', ''],
    ["!#$%&'*+.^_`|~9: : a:b", "!#$%&'*+.^_`|~9", ': a:b'],
  ])('reads %j', (line, name, value) => {
    expect([...readHeaders([line])]).toEqual([[name, value]]);
  });

  it('sends one that is given twice as one, with both values', () => {
    expect(readHeaders(['X-A: 1', 'x-a: 2']).get('x-a')).toBe('1, 2');
  });

  it.each([
    ['without a colon', 'Accept'],
    ['without a name', ': a'],
    ['with a blank in its name', 'X A: 1'],
    ['with a blank behind its name', 'X-A : 1'],
    ['with a blank before its name', ' X-A: 1'],
    ['of two lines', 'X-A: 1\r\nX-B: 2'],
    ['that ends with a line break', 'X-A: 1\n'],
    ['with a control character', 'X-A: \u0000'],
    ['with a letter beyond ASCII in its name', 'X-Ä: 1'],
    ['with a letter beyond ASCII in its value', 'X-A: ☕'],
  ])('refuses a header %s', (_, line) => {
    const sentence = `"${line}" is no header: it is 'name: value', on one line and in ASCII.`;
    expect(() => readHeaders([line])).toThrow(expect.objectContaining({ name: 'Failure', message: sentence }));
  });

  it.each(['Authorization: Bearer a', 'authorization: Basic YTpi'])('refuses %s, which the sign-in sets', (line) => {
    expect(() => readHeaders([line])).toThrow(/^Authorization is set by the sign-in: leave it out, or use curl/);
  });

  it.each(['Host: other.example', 'content-length: 3', 'Transfer-Encoding: chunked', 'Expect: 100-continue'])(
    'refuses %s, which the connection sets',
    (line) => {
      const [name = ''] = line.split(':');
      expect(() => readHeaders([line])).toThrow(
        new RegExp(`^The header ${name} is set by the connection: leave it out, or use curl\\.$`),
      );
    },
  );
});
