// The bucket of pictures: private, encrypted, for what waits and what is served; it tells a function of what arrives.
const { prefixes, uploadCors } = require('./picture-rules');

/** Put together, and so known before there is a bucket: or function, permission and bucket would wait for each other. */
const arnOf = (bucket, key = '') => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', bucket, key && `/${key}`]],
});

const bucketResource = ({ imagesBucket, imagesLogBucket }, origins) => ({
  Type: 'AWS::S3::Bucket',
  // S3 asks whether it may invoke the function before it takes the notification.
  DependsOn: ['ImagesBucketPermission'],
  DeletionPolicy: '${self:custom.keepBuckets.${param:keepData}}',
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
    NotificationConfiguration: {
      LambdaConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: prefixes.pending }] } },
          Function: { 'Fn::GetAtt': ['AcceptDashimageLambdaFunction', 'Arn'] },
        },
      ],
    },
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
    // Another account may take a name that this one has given up.
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

module.exports = (parameters, origins) => ({
  ImagesBucket: bucketResource(parameters, origins),
  ImagesBucketPermission: permission(parameters),
  ImagesBucketPolicy: bucketPolicy(parameters),
});
