// The parameters of a deploy (`--param name=value`): serverless.yml has their names and presets, this file what they may be.
const { distance } = require('fastest-levenshtein');
const { readOrigins } = require('./cors');
const refusal = require('./refusal');
const { params } = require('./service-file');

const oneOf = (...choices) => ({
  wanted: `one of ${choices.join(', ')}`,
  fits: (value) => choices.includes(value),
});

const wholeNumber = (most = Number.MAX_SAFE_INTEGER) => ({
  wanted: most < Number.MAX_SAFE_INTEGER ? `a whole number, at most ${most}` : 'a whole number',
  fits: (value) => /^\d+$/.test(value) && Number(value) <= most,
});

const text = (wanted, pattern) => ({ wanted, fits: (value) => pattern.test(value) });

/** As new buckets may be named, without dots: no certificate is for them. */
const bucketName = (mayBeEmpty) =>
  text(
    'the name of a bucket of S3',
    mayBeEmpty ? /^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])?$/ : /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  );

/** "localhost:3000/app" is no address of the scheme "localhost". */
const address = {
  wanted: 'an address, as in https://shop.example.com/app',
  fits: (value) => URL.canParse(value) && !/^[\w.-]+:\d/.test(value),
};

/** As browsers send it: whatever else stands there is no page's, and lets none in. Or `*`, `http://*`, `https://*`. */
const isOrigin = (value) => value === '*' || (URL.canParse(value) && new URL(value).origin === value);
const origins = {
  wanted: 'origins, as in https://shop.example.com, without a slash at the end, separated by commas',
  fits: (value) => readOrigins(value).every(isOrigin),
};

/** A parameter that is not here may be any text. */
const rules = {
  authorizer: oneOf('jwt', 'lambda', 'iam'),
  reads: oneOf('members', 'public'),
  images: oneOf('on', 'off'),
  imagesBucket: bucketName(false),
  imagesLogBucket: bucketName(true),
  imagesDomain: text('a domain, as in images.example.com', /^([a-z0-9-]+(\.[a-z0-9-]+)+)?$/),
  imagesCertificate: text(
    'the ARN of a certificate of ACM in us-east-1',
    /^(arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+)?$/,
  ),
  distributedReads: oneOf('on', 'off'),
  authorizerCacheSeconds: wholeNumber(3600),
  readsMaxAge: wholeNumber(31_536_000),
  requestsPerSecond: wholeNumber(),
  burst: wholeNumber(),
  reservedConcurrency: wholeNumber(),
  alarmTopic: text('the ARN of an SNS topic', /^(arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]+)?$/),
  domainPrefix: text(
    'lower-case letters, digits and hyphens, without "aws", "amazon" or "cognito" in it',
    /^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  ),
  corsOrigins: origins,
  callbackUrl: address,
  logoutUrl: address,
  consoleUrl: text(
    'an address that ends in /console, as in https://shop.example.com/console',
    /^https?:\/\/[^/?#\s]+\/console$/,
  ),
  // What CloudWatch knows.
  logRetentionDays: oneOf(
    ...['1', '3', '5', '7', '14', '30', '60', '90', '120', '150', '180', '365', '400', '545', '731', '1827'],
    ...['2192', '2557', '2922', '3288', '3653'],
  ),
  keepData: oneOf('Delete', 'Retain'),
  protectTable: oneOf('false', 'true'),
  protectUsers: oneOf('INACTIVE', 'ACTIVE'),
  code: oneOf('bundled', 'none'),
  selfSignUp: oneOf('open', 'closed'),
  mfa: oneOf('off', 'optional', 'required'),
  mailIdentity: text('the ARN of an identity of SES', /^(arn:[\w-]+:ses:[\w-]+:\d{12}:identity\/[\w.@+-]+)?$/),
  mailFrom: text(
    'an address, as in Catalogue <no-reply@example.com>',
    /^([^\s<>@]+@[^\s<>@]+|[^<>@]+ <[^\s<>@]+@[^\s<>@]+>)?$/,
  ),
  loggedAddresses: oneOf('kept', 'left-out'),
  encryptionKey: text('the ARN of a key of KMS', /^(arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+)?$/),
  events: oneOf('on', 'off'),
  webhookUrl: text(
    'an https address, as in https://shop.example.com/hooks/catalogue',
    /^(https:\/\/[^\s/?#@]+([/?][^\s#]*)?)?$/,
  ),
  // The key itself would stand in the template, and in the history of a shell: what follows may be one, and is not shown.
  webhookKey: {
    ...text(
      'the ARN of a secret of Secrets Manager that holds the key',
      /^(arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+)?$/,
    ),
    isSecret: true,
  },
  signIn: { wanted: 'a list, which only serverless.yml can give', fits: () => false },
};

const known = Object.keys(params.default);

/** The known name that somebody may have meant: most of its letters are there, in order and in any case. */
function nearestTo(name) {
  const between = (other) => distance(name.toLowerCase(), other.toLowerCase());
  const nearest = known.reduce((best, other) => (between(other) < between(best) ? other : best));
  return between(nearest) <= 0.4 * Math.max(name.length, nearest.length) ? nearest : undefined;
}

/** What is wrong with a parameter, in one sentence; undefined where nothing is. */
function faultOf(name, value) {
  if (!known.includes(name)) {
    const nearest = nearestTo(name);
    const hint = nearest === undefined ? 'All are' : `The nearest is ${nearest}; all are`;
    return `There is no parameter "${name}". ${hint} ${known.join(', ')}.`;
  }
  // A list, or an intrinsic function of CloudFormation: serverless.yml alone has those.
  if (typeof value === 'object' || !Object.hasOwn(rules, name)) return undefined;
  const { wanted, fits, isSecret } = rules[name];
  if (fits(String(value))) return undefined;
  return `The parameter ${name} must be ${wanted}${isSecret ? '' : `, not "${value}"`}.`;
}

/** Name and value of what follows `--param`, as the framework reads it. Throws a sentence. */
function readParameter(option) {
  const { name, value } = /^(?<name>[^=]+)=(?<value>.+)/.exec(option)?.groups ?? {};
  if (name === undefined) throw refusal(`--param ${option} is not of the form name=value.`);
  const fault = faultOf(name, value.trimEnd());
  if (fault) throw refusal(fault);
  return [name, value.trimEnd()];
}

/** The values that this deploy has. Refuses those that cannot be meant, and a stage in serverless.yml with unknown names. */
module.exports = async ({ options, resolveVariable }) => {
  for (const option of options.param ?? []) readParameter(option);
  for (const name of Object.values(params).flatMap(Object.keys)) {
    const fault = known.includes(name) ? undefined : faultOf(name);
    if (fault) throw refusal(`serverless.yml: ${fault}`);
  }
  const values = await Promise.all(known.map((name) => resolveVariable(`param:${name}`)));
  values.forEach((value, index) => {
    const fault = faultOf(known[index], value);
    if (fault) throw refusal(fault);
  });
  return Object.fromEntries(known.map((name, index) => [name, values[index]]));
};

module.exports.readParameter = readParameter;
