// What web pages may do with the bucket of pictures, and how pictures are served: for S3 and CloudFront, and for what stands for
// them in the local stack.

/** What arrives under this prefix is looked at; what was good is served from the other. */
const prefixes = { pending: 'pending/', served: 'images/' };

/** Pages of these origins may upload by a form that the API has signed. */
const uploadCors = (origins) => [
  { AllowedOrigins: origins, AllowedMethods: ['POST'], AllowedHeaders: ['content-type'], MaxAge: 600 },
];

/**
 * A picture is one to a browser, whatever else its bytes could be taken for. How long it may be kept stands with each object:
 * here it would hold for errors too, and a browser would keep for a year that there is no picture.
 */
const readHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
};

module.exports = { prefixes, readHeaders, uploadCors };
