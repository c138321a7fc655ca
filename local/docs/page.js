// The page at /docs: shows the API's description, and sends the calls that are tried as the user who has signed in.
import { newSignIn } from './session.js';

const form = document.querySelector('#sign-in');
const button = document.querySelector('#sign-out');
const status = document.querySelector('#status');

const { takesTokens, ...pool } = await (await fetch('/docs/sign-in.json')).json();
const signIn = newSignIn(pool, ({ session, said }) => {
  form.hidden = session !== undefined;
  button.hidden = session === undefined;
  status.textContent = said;
});

SwaggerUIBundle({
  url: '/docs/openapi.json',
  dom_id: '#swagger-ui',
  validatorUrl: null,
  // Who is not signed in here may still give a token to "Authorize".
  requestInterceptor: async (request) => {
    const token = await signIn.token();
    if (token) request.headers.Authorization = `Bearer ${token}`;
    return request;
  },
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  await signIn.signIn(email, password);
});
button.addEventListener('click', () => signIn.signOut());

form.hidden = !takesTokens;
status.textContent = takesTokens
  ? 'Sign in, then try a call.'
  : 'This stack has the authorizer iam, which asks for signed requests. This page cannot sign them: its calls get a 403. ' +
    'npm run call signs them.';
