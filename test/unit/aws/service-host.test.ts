/** Addresses of AWS are those of the partition that a region is in, as the SDK has them. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { bucketUrl } from '../../../src/aws/object-store';
import { serviceHost } from '../../../src/aws/service-host';

const regions = ['eu-central-1', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'];
const isolated = ['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'];

it.each([...regions, ...isolated])('a service of %s is where the SDK looks for it', (region) => {
  const { url } = new SQSClient({ region }).config.endpointProvider({ Region: region }, {});
  expect(serviceHost('sqs', region)).toBe(url.host);
});

it('a bucket of China is below the domain of China', () => {
  const address = bucketUrl({ bucket: 'pictures', region: 'cn-north-1' });
  expect(address).toBe('https://pictures.s3.cn-north-1.amazonaws.com.cn');
});
