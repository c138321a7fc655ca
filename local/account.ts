/** The AWS account that the local stack pretends to be. */

export const accountId = '000000000000';
export const localRegion = 'eu-central-1';

/** Local engines take any key; this is the one that their data belongs to. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
