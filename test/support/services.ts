/** What a run of tests has started, to be stopped at its end. */
import type { Service } from '../../local/processes/processes';

const running: Service[] = [];

export function stopAtTheEnd(service: Service): void {
  running.push(service);
}

export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((service) => service.stop()));
}
