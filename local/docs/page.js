// The page at /docs: shows the API's description, and signs in at the local user pool for the calls that are tried.
const form = document.querySelector('#sign-in');
const status = document.querySelector('#status');

const ui = SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#swagger-ui', validatorUrl: null });

const { cognitoUrl, clientId, takesTokens } = await (await fetch('/docs/sign-in.json')).json();
if (!takesTokens) {
  form.hidden = true;
  status.textContent = 'This stack asks for signed requests: npm run call sends them, and this page cannot.';
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  try {
    const token = await accessToken(email, password);
    ui.preauthorizeApiKey('accessToken', token);
    status.textContent = `Signed in as ${email}, in ${groupsOf(token)}. The token lives 15 minutes.`;
  } catch (error) {
    status.textContent = error.message;
  }
});

async function accessToken(email, password) {
  const response = await fetch(cognitoUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? 'The user pool refused the sign-in.');
  if (!answer.AuthenticationResult)
    throw new Error(`The user pool asks for something else first: ${answer.ChallengeName}.`);
  return answer.AuthenticationResult.AccessToken;
}

function groupsOf(token) {
  const claims = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
  const groups = claims['cognito:groups'] ?? [];
  return groups.length > 0 ? `the groups ${groups.join(', ')}` : 'no group';
}
