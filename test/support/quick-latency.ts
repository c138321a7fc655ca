/** A database quicker than AWS's is: fifty who meet on an item take all the less time until the last of them is through. */
import { between, type Latency } from '../../bench/aws-limits/latency';

export const quickLatency: Latency = { transaction: between(2, 4), other: between(0, 1) };
