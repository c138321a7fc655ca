/** Pictures in the compiled template: a bucket that is nobody's to read, a distribution that reads what is served alone, or nothing of it. */
import { prefixes } from '../../resources/picture-rules';
import { packageNames, tuning } from '../support/packages';
import { closedBucket, onlyResource, resourceNamed, templateOf } from '../support/template';

const template = templateOf('jwt');
const tuned = templateOf('tuned');
const bucketOf = (from: typeof template) => resourceNamed(from, 'ImagesBucket');
const distributionOf = (from: typeof template) =>
  onlyResource(from, 'AWS::CloudFront::Distribution')['DistributionConfig'] as Record<string, unknown>;

it('without pictures has nothing of them', () => {
  const text = JSON.stringify(templateOf('no-images'));
  // Every function is told that there are none.
  expect(text.replaceAll('"IMAGES_URL":""', '')).not.toMatch(/image|cloudfront/i);
});

describe('bucket', () => {
  it('lets nobody in but by its policy, and encrypts', () => {
    expect(bucketOf(template)).toMatchObject({
      ...closedBucket,
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  it('refuses what comes without TLS, and lets this distribution alone read what is served', () => {
    const { PolicyDocument } = resourceNamed(template, 'ImagesBucketPolicy') as {
      PolicyDocument: { Statement: Record<string, unknown>[] };
    };
    expect(PolicyDocument.Statement).toHaveLength(2);
    const [deny, allow] = PolicyDocument.Statement;
    expect(deny).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(JSON.stringify(deny?.['Resource'])).toMatch(/"\/\*"/);
    expect(allow).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Condition: {
        StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': expect.stringContaining('/${ImagesDistribution}') } },
      },
    });
    expect(JSON.stringify(allow?.['Resource'])).toContain(`"/${prefixes.served}*"`);
  });

  it('keeps what waits for a day, parts of what was not sent whole no longer, and what is served for ever', () => {
    const { Rules } = bucketOf(template)['LifecycleConfiguration'] as { Rules: Record<string, unknown>[] };
    const expiring = Rules.filter((rule) => 'ExpirationInDays' in rule || 'ExpirationDate' in rule);
    expect(expiring).toEqual([{ Id: 'pending', Status: 'Enabled', Prefix: prefixes.pending, ExpirationInDays: 1 }]);
    expect(Rules).toContainEqual(
      expect.objectContaining({ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
    );
  });

  it('tells one function of what arrives, which no bucket of another account may invoke', () => {
    expect(template.Resources['ImagesBucket']).toMatchObject({ DependsOn: ['ImagesBucketPermission'] });
    const Function = { 'Fn::GetAtt': ['AcceptDashimageLambdaFunction', 'Arn'] };
    const Filter = { S3Key: { Rules: [{ Name: 'prefix', Value: prefixes.pending }] } };
    expect(bucketOf(template)['NotificationConfiguration']).toEqual({
      LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Filter, Function }],
    });
    expect(resourceNamed(template, 'ImagesBucketPermission')).toMatchObject({
      FunctionName: Function,
      Principal: 's3.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', bucketOf(template)['BucketName'], '']],
      },
    });
  });

  it('takes uploads from the console and from the web applications that the deploy names', () => {
    const origins = (from: typeof template) =>
      (bucketOf(from)['CorsConfiguration'] as { CorsRules: { AllowedOrigins: unknown; AllowedMethods: unknown }[] })
        .CorsRules;
    expect(origins(template)).toMatchObject([
      { AllowedOrigins: [{ 'Fn::Sub': expect.stringContaining('${HttpApi}') }], AllowedMethods: ['POST'] },
    ]);
    expect(origins(tuned)).toMatchObject([
      { AllowedOrigins: ['https://admin.example.com', 'https://shop.example.com', 'https://admin.example.com'] },
    ]);
  });

  it('is named to the page that sends to it', () => {
    for (const from of [template, tuned]) {
      const { Environment } = resourceNamed(from, 'ConsoleLambdaFunction') as {
        Environment: { Variables: Record<string, unknown> };
      };
      expect(Environment.Variables['IMAGES_BUCKET']).toEqual(bucketOf(from)['BucketName']);
    }
  });

  it('has the name and the access log that the deploy gives it', () => {
    expect(bucketOf(template)).not.toHaveProperty('LoggingConfiguration');
    expect(bucketOf(tuned)).toMatchObject({
      BucketName: tuning.imagesBucket,
      LoggingConfiguration: { DestinationBucketName: tuning.imagesLogBucket },
    });
  });
});

describe('distribution', () => {
  it('signs what it asks the bucket for, serves over TLS, and lets it tell browsers to sniff nothing', () => {
    expect(distributionOf(template)).toMatchObject({
      Origins: [{ Id: 'pictures', OriginAccessControlId: { 'Fn::GetAtt': ['ImagesAccess', 'Id'] } }],
      DefaultCacheBehavior: {
        TargetOriginId: 'pictures',
        ViewerProtocolPolicy: 'redirect-to-https',
        AllowedMethods: ['GET', 'HEAD'],
        // Managed-CachingOptimized.
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        ResponseHeadersPolicyId: { Ref: 'ImagesHeaders' },
      },
    });
    expect(onlyResource(template, 'AWS::CloudFront::OriginAccessControl')).toMatchObject({
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
    expect(onlyResource(template, 'AWS::CloudFront::ResponseHeadersPolicy')).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; sandbox", Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
      },
    });
  });

  it('keeps no error, as of a picture that is not there yet: 403, since it may not list the bucket', () => {
    const { CustomErrorResponses } = distributionOf(template);
    expect(CustomErrorResponses).toEqual(
      [403, 404, 500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  it('has a domain of its own where the deploy gives one', () => {
    expect(distributionOf(template)).not.toHaveProperty('Aliases');
    expect(distributionOf(tuned)).toMatchObject({
      Aliases: [tuning.imagesDomain],
      ViewerCertificate: { AcmCertificateArn: tuning.imagesCertificate, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    const { Environment } = resourceNamed(tuned, 'GetDashproductLambdaFunction') as {
      Environment: { Variables: Record<string, unknown> };
    };
    expect(Environment.Variables['IMAGES_URL']).toBe(`https://${tuning.imagesDomain}`);
  });

  it('has the public reads where the deploy asks for it, for as long as they say, and passes no token on', () => {
    const { Origins, CacheBehaviors } = distributionOf(templateOf('public-jwt')) as Record<
      string,
      { PathPattern: string }[]
    >;
    expect(Origins).toMatchObject([
      { Id: 'pictures' },
      { Id: 'api', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
    ]);
    expect(CacheBehaviors?.map(({ PathPattern }) => PathPattern)).toEqual([
      '/products',
      '/products/*',
      '/categories',
      '/categories/*',
    ]);
    // With the managed policy that passes Access-Control-Request-Method and -Headers on, or no preflight would be answered.
    const OriginRequestPolicyId = '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf';
    const CachePolicyId = { Ref: 'ReadsCachePolicy' };
    for (const behavior of CacheBehaviors ?? []) {
      expect(behavior).toMatchObject({
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        CachePolicyId,
        OriginRequestPolicyId,
      });
    }
    expect(onlyResource(templateOf('public-jwt'), 'AWS::CloudFront::CachePolicy')).toMatchObject({
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 0,
        MaxTTL: 31_536_000,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] },
        },
      },
    });
    expect(distributionOf(templateOf('public-lambda'))).not.toHaveProperty('CacheBehaviors');
  });
});

/** The resources that each waits for. */
function waitsFor(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(waitsFor);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (name === 'Ref' || name === 'DependsOn') return [inner].flat().map(String);
    if (name === 'Fn::GetAtt') return [String([inner].flat()[0]).split('.')[0] ?? ''];
    if (name === 'Fn::Sub') return [...JSON.stringify(inner).matchAll(/\$\{(\w+)[.}]/g)].map(([, id = '']) => id);
    return waitsFor(inner);
  });
}

it.each(packageNames)('no resource waits for itself by way of others: %s', (name) => {
  const { Resources } = templateOf(name);
  const waiting = new Map(
    Object.entries(Resources).map(([id, resource]) => [id, waitsFor(resource).filter((to) => to in Resources)]),
  );
  for (let before = 0; before !== waiting.size;) {
    before = waiting.size;
    for (const [id, ids] of waiting) if (!ids.some((to) => waiting.has(to))) waiting.delete(id);
  }
  expect([...waiting.keys()]).toEqual([]);
});

it('every resource that is named is there', () => {
  const { Resources } = template;
  const pseudo = (id: string) => id.startsWith('AWS');
  const missing = Object.entries(Resources).flatMap(([id, resource]) =>
    waitsFor(resource)
      .filter((to) => !(to in Resources) && !pseudo(to))
      .map((to) => `${id}: ${to}`),
  );
  expect(missing).toEqual([]);
});
