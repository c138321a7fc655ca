/** What a run of the sweep is made of. */

/** What has been done, and whether that is all there was to do. */
export interface Progress {
  count: number;
  complete: boolean;
}

/** Does what it can in its time, which `isTime` tells; what is left is the next run's. Throws what is to be tried again. */
export type Step = (isTime: () => boolean) => Promise<Progress>;
