// CloudFront: everyone reads pictures from it, and nobody from the bucket; where it is asked to, it has the public reads too.
const { readHeaders } = require('./picture-rules');

/** Managed-CachingOptimized: by the address alone, for as long as the object says ("Use managed cache policies", CloudFront). */
const byAddress = '658327ea-f89d-4fab-a63d-7e88639e58f6';

const pictures = {
  TargetOriginId: 'pictures',
  ViewerProtocolPolicy: 'redirect-to-https',
  AllowedMethods: ['GET', 'HEAD'],
  CachedMethods: ['GET', 'HEAD'],
  CachePolicyId: byAddress,
  ResponseHeadersPolicyId: { Ref: 'ImagesHeaders' },
};

/**
 * Managed-CORS-S3Origin: the headers that make a preflight of an OPTIONS go through to the API. The policy for custom origins has
 * `Origin` alone, and without one nothing goes through but the cache key ("Use managed origin request policies", CloudFront).
 */
const preflights = '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf';

const readPaths = ['/products', '/products/*', '/categories', '/categories/*'];

/** No token goes through to the API: what it answers is for everyone, and its `Cache-Control` says for how long. */
const reads = (PathPattern) => ({
  PathPattern,
  TargetOriginId: 'api',
  ViewerProtocolPolicy: 'redirect-to-https',
  AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
  CachedMethods: ['GET', 'HEAD'],
  Compress: true,
  CachePolicyId: { Ref: 'ReadsCachePolicy' },
  OriginRequestPolicyId: preflights,
});

const readsCachePolicy = (name) => ({
  Type: 'AWS::CloudFront::CachePolicy',
  Properties: {
    CachePolicyConfig: {
      Name: name,
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        // The answer names the origin that may read it.
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] },
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: true,
      },
    },
  },
});

const origins = ({ imagesBucket, distributedReads }) => [
  {
    Id: 'pictures',
    // Put together: the bucket waits for a function that is told the address of the distribution.
    DomainName: { 'Fn::Join': ['.', [imagesBucket, 's3', { Ref: 'AWS::Region' }, { Ref: 'AWS::URLSuffix' }]] },
    OriginAccessControlId: { 'Fn::GetAtt': ['ImagesAccess', 'Id'] },
    S3OriginConfig: { OriginAccessIdentity: '' },
  },
  ...(distributedReads === 'on'
    ? [
        {
          Id: 'api',
          DomainName: { 'Fn::Sub': '${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}' },
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
        },
      ]
    : []),
];

/**
 * An error is asked for again at once: what was not there a moment ago may be there. S3 says 403 of it to who may not list (GetObject, API
 * reference), and CloudFront keeps an error for ten seconds unless told otherwise.
 */
const errors = [403, 404, 500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 }));

/** The names of the parts are known to the whole account; that of a bucket is nobody else's. */
module.exports = (parameters) => {
  const { imagesBucket, imagesDomain, imagesCertificate, distributedReads } = parameters;
  const withReads = distributedReads === 'on';
  return {
    ImagesAccess: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: imagesBucket,
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    ImagesHeaders: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: imagesBucket,
          SecurityHeadersConfig: {
            ContentTypeOptions: { Override: true },
            ContentSecurityPolicy: {
              ContentSecurityPolicy: readHeaders['content-security-policy'],
              Override: true,
            },
            StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
          },
        },
      },
    },
    ...(withReads && { ReadsCachePolicy: readsCachePolicy(imagesBucket) }),
    ImagesDistribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Comment: imagesBucket,
          HttpVersion: 'http2and3',
          IPV6Enabled: true,
          // Europe and North America, which cost least.
          PriceClass: 'PriceClass_100',
          Origins: origins(parameters),
          DefaultCacheBehavior: pictures,
          ...(withReads && { CacheBehaviors: readPaths.map(reads) }),
          CustomErrorResponses: errors,
          ...(imagesDomain && {
            Aliases: [imagesDomain],
            ViewerCertificate: {
              AcmCertificateArn: imagesCertificate,
              SslSupportMethod: 'sni-only',
              MinimumProtocolVersion: 'TLSv1.2_2021',
            },
          }),
        },
      },
    },
  };
};
