/** Cognito's PostConfirmation trigger */
export { joinUserGroup as handler } from '../src/access/join-user-group';
