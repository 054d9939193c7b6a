/** Single keys that do something anywhere on a page, except where somebody writes or another key is held down. */
import { useEffect, useRef } from 'react';

export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

const WRITING = 'input:not([type=range]), textarea, select, [contenteditable=true], dialog';

/** @param map from `KeyboardEvent.key` to what it does; a sequence is its two keys with a space between. */
export function useKeys(map: KeyMap): void {
  const latest = useRef(map);
  const before = useRef('');
  useEffect(() => {
    latest.current = map;
  }, [map]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event)) return;
      const key = event.key === ' ' ? 'Space' : event.key;
      const act = latest.current[`${before.current} ${key}`] ?? latest.current[key];
      before.current = key;
      if (!act || isPressing(event, key)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const isWriting = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest(WRITING) !== null;

/** Space on a button presses that button, whatever else it means. */
const isPressing = ({ target }: KeyboardEvent, key: string): boolean =>
  key === 'Space' && target instanceof Element && target.closest('button, a, summary') !== null;
