/** Where a service of AWS is: each partition of AWS has a domain of its own, and regions that begin with a name of its own. */

/** As the SDK has them, whose table of them is 17 kB in a bundle (`partition` of `@aws-sdk/core`). */
const domains: Readonly<Record<string, string>> = {
  'cn-': 'amazonaws.com.cn',
  'eusc-': 'amazonaws.eu',
  'us-iso-': 'c2s.ic.gov',
  'us-isob-': 'sc2s.sgov.gov',
  'eu-isoe-': 'cloud.adc-e.uk',
  'us-isof-': 'csp.hci.ic.gov',
};

/** As in `sqs.eu-central-1.amazonaws.com`, or `sqs.cn-north-1.amazonaws.com.cn`. */
export function serviceHost(service: string, region: string): string {
  const [, domain = 'amazonaws.com'] = Object.entries(domains).find(([start]) => region.startsWith(start)) ?? [];
  return `${service}.${region}.${domain}`;
}
