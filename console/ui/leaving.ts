/** Asks before somebody leaves a form that they have changed, by a link of the page, by going back, or by closing it. */
import { useEffect } from 'react';
import { useBrowserLocation } from 'wouter/use-browser-location';
import { useRouter, type BaseLocationHook } from 'wouter';

/** What whoever leaves is asked, for each thing that is not saved. */
const questions: string[] = [];
/** The address of what is not saved. */
let here = '';

/** Asks, where there is something that is not saved. */
export const mayLeave = (): boolean => questions.length === 0 || window.confirm([...new Set(questions)].join('\n'));

const addressOf = ({ pathname, search }: URL | Location) => pathname + search;

export function useUnsaved(changed: boolean, question = 'Leave without saving your changes?'): void {
  useEffect(() => {
    if (!changed) return undefined;
    questions.push(question);
    here = addressOf(window.location);
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      questions.splice(questions.indexOf(question), 1);
      window.removeEventListener('beforeunload', ask);
    };
  }, [changed, question]);
}

/** Has Back and Forward ask. To be called before the router listens to them: it would have taken the form away. */
export function guardHistory(): void {
  const canRefuse = 'navigation' in window;
  if (canRefuse) window.navigation.addEventListener('navigate', stay);
  else window.addEventListener('popstate', comeBack);
}

/** In browsers that let a page say no (the Navigation API). */
function stay(event: NavigateEvent): void {
  const { sameDocument, url } = event.destination;
  const isWithin = event.navigationType === 'traverse' && sameDocument && addressOf(new URL(url)) !== here;
  if (isWithin && event.cancelable && !mayLeave()) event.preventDefault();
}

/** In others, the address is another one already when a page hears of it: it is put back. */
function comeBack(event: PopStateEvent): void {
  if (addressOf(window.location) === here || mayLeave()) return;
  event.stopImmediatePropagation();
  window.history.pushState(null, '', here);
}

/** For what takes something unsaved with it, as a deletion does: nobody is asked once more. */
export function useLeaving(): (to: string) => void {
  const { base } = useRouter();
  const [, navigate] = useBrowserLocation();
  return (to) => navigate(base + to);
}

/** The address bar, for the router. */
export const useGuardedLocation: BaseLocationHook = () => {
  const [location, navigate] = useBrowserLocation();
  return [location, (to: string, options?: { replace?: boolean }) => mayLeave() && navigate(to, options)];
};
