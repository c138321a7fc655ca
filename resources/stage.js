// The stage, which names on AWS are made of: one that does not fit into them would end the deploy in its middle.
const refusal = require('./refusal');

/** Names of buckets have 63 characters at most, and those of functions 64. */
const spaceIn = (most, name) => most - name.length;

/** Cognito takes no domain with one of them: "Domain cannot contain reserved word" (aws-amplify/amplify-cli#3854). */
const reservedWords = /aws|amazon|cognito/;

module.exports = async ({ resolveVariable }) => {
  const [stage, service, region, images, imagesBucket, domainPrefix] = await Promise.all(
    [
      ...['sls:stage', 'self:service', 'self:provider.region'],
      ...['param:images', 'param:imagesBucket', 'param:domainPrefix'],
    ].map(resolveVariable),
  );
  // The presets are intrinsic functions of CloudFormation, a name of one's own is text.
  const hasItsBucket = images === 'on' && typeof imagesBucket === 'object';
  const hasItsDomain = typeof domainPrefix === 'object';
  const most = Math.min(
    spaceIn(64, `${service}--list-category-history`),
    hasItsBucket ? spaceIn(63, `${service}--images-123456789012-${region}`) : Infinity,
  );
  if (stage.length > most || !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(stage)) {
    throw refusal(
      `The stage "${stage}" must be lower-case letters, digits and hyphens, at most ${most}: names on AWS are made of it.`,
    );
  }
  const [word] = (hasItsDomain && reservedWords.exec(`${service}-${stage}`)) || [];
  if (word === undefined) return stage;
  throw refusal(
    `The ${service.includes(word) ? `service "${service}"` : `stage "${stage}"`} has "${word}" in it, which no domain of Cognito may have: take another name, or give a domainPrefix.`,
  );
};
