// What a deployment with pictures of products has: their bucket, CloudFront, functions and roles. `--param images=off` leaves it all out.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { load } = require('js-yaml');
const { readOrigins } = require('./cors');
const distribution = require('./distribution');
const imagesBucket = require('./images-bucket');
const refusal = require('./refusal');

/** Web applications of other origins may upload too, and the console: from its own address, or that of the API. */
const originsOf = ({ consoleUrl, apiUrl, corsOrigins }) => [
  typeof consoleUrl === 'string' ? new URL(consoleUrl).origin : apiUrl,
  ...readOrigins(corsOrigins),
];

const imageRoles = () => load(readFileSync(path.join(__dirname, 'image-roles.yml'), 'utf8')).Resources;

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
  return {
    url,
    functions: await resolveVariable('self:custom.imageFunctions'),
    resources: {
      Resources: {
        ...imagesBucket(parameters, originsOf(parameters)),
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
