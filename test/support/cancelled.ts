/** A transaction that DynamoDB has cancelled, with a code for each action. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

export const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
