/** Asks before somebody leaves a form that they have changed, by a link of the page, by going back, or by closing it. */
import { useEffect } from 'react';
import { useBrowserLocation } from 'wouter/use-browser-location';
import type { BaseLocationHook } from 'wouter';

let unsaved = 0;

const mayLeave = () => unsaved === 0 || window.confirm('Leave without saving your changes?');

const addressOf = ({ pathname, search }: URL | Location) => pathname + search;

export function useUnsaved(changed: boolean): void {
  useEffect(() => {
    if (!changed) return undefined;
    unsaved += 1;
    const here = addressOf(window.location);
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    const guard = 'navigation' in window ? askBeforeBack(here) : askAfterBack(here);
    return () => {
      unsaved -= 1;
      window.removeEventListener('beforeunload', ask);
      guard.end();
    };
  }, [changed]);
}

/** In browsers that let a page say no to Back and Forward (the Navigation API). */
function askBeforeBack(here: string) {
  const stay = (event: NavigateEvent) => {
    const { sameDocument, url } = event.destination;
    const isWithin = event.navigationType === 'traverse' && sameDocument && addressOf(new URL(url)) !== here;
    if (isWithin && event.cancelable && !mayLeave()) event.preventDefault();
  };
  window.navigation.addEventListener('navigate', stay);
  return { end: () => window.navigation.removeEventListener('navigate', stay) };
}

/** In others, the address is another one already when a page hears of it: this puts it back before the router looks. */
function askAfterBack(here: string) {
  const comeBack = (event: PopStateEvent) => {
    if (addressOf(window.location) === here || mayLeave()) return;
    event.stopImmediatePropagation();
    window.history.pushState(null, '', here);
  };
  window.addEventListener('popstate', comeBack, { capture: true });
  return { end: () => window.removeEventListener('popstate', comeBack, { capture: true }) };
}

/** The address bar, for the router. */
export const useGuardedLocation: BaseLocationHook = () => {
  const [location, navigate] = useBrowserLocation();
  return [location, (to: string, options?: { replace?: boolean }) => mayLeave() && navigate(to, options)];
};
