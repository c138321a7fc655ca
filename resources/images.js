// Pictures of products: the bucket that they are sent to, and what CloudFront may have of it. `--param images=off` leaves it out.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { parse } = require('yaml');
const { readOrigins } = require('./cors');
const distribution = require('./distribution');
const { prefixes, uploadCors } = require('./picture-rules');
const refusal = require('./refusal');

/** Put together, and so known before there is a bucket: or function, permission and bucket would wait for each other. */
const arnOf = (bucket, key = '') => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', bucket, key && `/${key}`]],
});

const bucketResource = ({ imagesBucket, imagesLogBucket }, origins, notified) => ({
  Type: 'AWS::S3::Bucket',
  // S3 asks whether it may invoke the function before it takes the notification.
  ...(notified && { DependsOn: ['ImagesBucketPermission'] }),
  DeletionPolicy: '${param:keepData}',
  UpdateReplacePolicy: '${param:keepData}',
  Properties: {
    BucketName: imagesBucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    CorsConfiguration: { CorsRules: uploadCors(origins) },
    LifecycleConfiguration: {
      Rules: [
        { Id: 'pending', Status: 'Enabled', Prefix: prefixes.pending, ExpirationInDays: 1 },
        {
          Id: 'incomplete-uploads',
          Status: 'Enabled',
          Prefix: '',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    },
    ...(notified && {
      NotificationConfiguration: {
        LambdaConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: prefixes.pending }] } },
            Function: { 'Fn::GetAtt': ['AcceptDashimageLambdaFunction', 'Arn'] },
          },
        ],
      },
    }),
    ...(imagesLogBucket && {
      LoggingConfiguration: { DestinationBucketName: imagesLogBucket, LogFilePrefix: 'admin-catalog-images/' },
    }),
  },
});

const permission = ({ imagesBucket }) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    FunctionName: { 'Fn::GetAtt': ['AcceptDashimageLambdaFunction', 'Arn'] },
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    // A name that one account gives up another may take.
    SourceAccount: { Ref: 'AWS::AccountId' },
    SourceArn: arnOf(imagesBucket),
  },
});

/** Nobody comes without TLS; CloudFront reads what is served, and nothing that waits. */
const bucketPolicy = ({ imagesBucket }) => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: 'ImagesBucket' },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TlsAlone',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [arnOf(imagesBucket), arnOf(imagesBucket, '*')],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Sid: 'CloudFrontReads',
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: arnOf(imagesBucket, `${prefixes.served}*`),
          Condition: {
            StringEquals: {
              'AWS:SourceArn': {
                'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${ImagesDistribution}',
              },
            },
          },
        },
      ],
    },
  },
});

/** Web applications of other origins may upload too, and the console: from its own address, or that of the API. */
const originsOf = ({ consoleUrl, apiUrl, corsOrigins }) => [
  typeof consoleUrl === 'string' ? new URL(consoleUrl).origin : apiUrl,
  ...readOrigins(corsOrigins),
];

const imageRoles = () => parse(readFileSync(path.join(__dirname, 'image-roles.yml'), 'utf8')).Resources;

function check({ imagesDomain, imagesCertificate, distributedReads, reads }) {
  if (Boolean(imagesDomain) !== Boolean(imagesCertificate)) {
    throw refusal('A domain for pictures needs its certificate: give imagesDomain and imagesCertificate, or neither.');
  }
  if (distributedReads === 'on' && reads !== 'public') {
    throw refusal('CloudFront would let everyone have the reads: distributedReads=on needs reads=public.');
  }
}

module.exports = async ({ resolveVariable }) => {
  const parameters = await resolveVariable('self:custom.parameters');
  check(parameters);
  if (parameters.images === 'off') return { url: '', functions: {}, resources: {} };
  const url = parameters.imagesDomain ? `https://${parameters.imagesDomain}` : parameters.imagesUrl;
  const functions = await resolveVariable('self:custom.imageFunctions');
  const notified = 'accept-image' in functions;
  return {
    url,
    functions,
    resources: {
      Resources: {
        ImagesBucket: bucketResource(parameters, originsOf(parameters), notified),
        ...(notified && { ImagesBucketPermission: permission(parameters) }),
        ImagesBucketPolicy: bucketPolicy(parameters),
        ...distribution(parameters),
        ...imageRoles(),
      },
      Outputs: {
        ImagesBucket: { Value: { Ref: 'ImagesBucket' } },
        ImagesUrl: { Value: url },
        ImagesDistributionDomain: { Value: { 'Fn::GetAtt': ['ImagesDistribution', 'DomainName'] } },
      },
    },
  };
};
