/**
 * Stands in for `@smithy/core/checksum` in the bundles (an alias in serverless.yml). The SDK signs with Node's own SHA-256, and the
 * one in JavaScript, for a Node without it, is left out.
 */
import { Hash } from '@smithy/core/serde';

export const Sha256 = Hash.bind(null, 'sha256');
