/**
 * The hosts of AWS services. Each partition of AWS, such as that of China, has a domain of its own, and regions whose
 * names begin in a way of their own.
 */

/**
 * The domains by how regions begin, as the SDK has them; its own table would add 17 kB to a bundle (`partition` of
 * `@aws-sdk/core`).
 */
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
