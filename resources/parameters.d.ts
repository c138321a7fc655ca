/** For the local stack, which takes the parameters of a deploy. */
export function readParameter(option: string): [name: string, value: string];
