/** The Lambda authorizer of every route, where the deployment has chosen one */
import { lambdaAuthorizer } from '../src/access/lambda-authorizer';
import { allowedGroups } from '../src/access/policy';

export const handler = lambdaAuthorizer(allowedGroups);
