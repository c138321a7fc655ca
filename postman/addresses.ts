/** Where a deployment is, in the variables of the Postman collection. */
import type { Deployment } from '../deployment/deployment';

export const addressesOf = ({ apiUrl, clientId, region, cognitoEndpoint }: Deployment) => ({
  apiUrl,
  clientId,
  cognitoUrl: cognitoEndpoint ?? `https://cognito-idp.${region}.amazonaws.com`,
});
