import { seed } from '../../local/seed/seed';
import { categories } from '../../local/seed/catalogue';
import { readEnvironment } from '../support/postman';
import { cognito, runningStack, send } from '../support/stack';

const stack = runningStack();

async function signIn(email: string, password: string): Promise<string> {
  const { body } = await cognito(stack, 'InitiateAuth', {
    ClientId: stack.clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  return body.AuthenticationResult.AccessToken;
}

const groupsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())['cognito:groups'];

describe('seed', () => {
  it('adds two users and the catalogue, and nothing twice', async () => {
    // As a seeding leaves an account that was killed before it had a password.
    await cognito(stack, 'AdminCreateUser', { UserPoolId: stack.userPoolId, Username: 'shopper@example.com' });
    const printed = (await seed(stack)).join('\n');
    expect(printed).toMatch(/^admin@example\.com .* user, admin +made$/m);
    expect(printed).toMatch(/^Coffee +made +4 made$/m);
    const again = (await seed(stack)).join('\n');
    expect(again).toMatch(/^admin@example\.com .* user, admin +there already$/m);
    expect(again).toMatch(/^Coffee +there already +4 there already$/m);

    const [[adminEmail = '', adminPassword = ''] = [], [shopperEmail = '', shopperPassword = ''] = []] = [
      ...printed.matchAll(/(\S+@example\.com) +(\S+)/g),
    ].map(([, email, password]) => [email, password]);
    // So that folder 2 of the Postman collection works at once.
    expect(Object.fromEntries(readEnvironment('local'))).toMatchObject({
      adminEmail,
      adminPassword,
      shopperEmail,
      shopperPassword,
    });
    expect(groupsIn(await signIn(shopperEmail, shopperPassword))).toEqual(['user']);
    const token = await signIn(adminEmail, adminPassword);
    expect(groupsIn(token)).toEqual(['admin', 'user']);

    const { body } = await send(stack.apiUrl, 'GET', '/categories?limit=100', { token });
    const slugOf = (id?: string) => body.items.find((category: { id: string }) => category.id === id)?.slug;
    for (const { products, parent, ...category } of categories) {
      const [found, ...more] = body.items.filter(({ slug }: { slug: string }) => slug.startsWith(category.slug));
      expect(more).toEqual([]);
      const active = products.filter((product) => !('status' in product) || product.status === 'active');
      expect(found).toMatchObject({ ...category, productCount: active.length });
      expect(slugOf(found.parentId)).toBe(parent);

      const inCategory = await send(stack.apiUrl, 'GET', `/admin/products?categoryId=${found.id}`, { token });
      expect(inCategory.body.items.map(({ sku }: { sku: string }) => sku).reverse()).toEqual(
        products.map(({ sku }) => sku),
      );
    }

    const { body: mugs } = await send(stack.apiUrl, 'GET', '/admin/products?sku=DISH-MUG-RED', { token });
    // One version for the product, and one for each picture; the second seed has left them.
    expect(mugs.items).toMatchObject([{ version: 3, images: [{ width: 480, height: 360 }, { width: 480 }] }]);
    for (const { url } of mugs.items[0].images) expect((await fetch(url)).status).toBe(200);
  });

  it('says in one sentence that a user of its own has another password now', async () => {
    const { userPoolId: UserPoolId } = stack;
    const user = { UserPoolId, Username: 'admin@example.com', Permanent: true };
    await cognito(stack, 'AdminSetUserPassword', { ...user, Password: 'Another-pass-1' });
    await expect(seed(stack)).rejects.toMatchObject({
      name: 'StartError',
      message:
        'admin@example.com cannot sign in with the password of a seeded user: it has been changed. ' +
        '"npm start -- --reset --seed" starts anew.',
    });
  });
});
