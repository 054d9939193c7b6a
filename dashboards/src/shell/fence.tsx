/** Keeps a fault of the page from leaving it blank. A class, because React has no other error boundary. */
import { Component, type ReactNode } from 'react';
import { Empty } from '../parts/states.tsx';
import { failures } from '../words.ts';

export class Fence extends Component<{ readonly children: ReactNode }, { readonly fallen: boolean }> {
  override state = { fallen: false };

  static getDerivedStateFromError(): { readonly fallen: boolean } {
    return { fallen: true };
  }

  override render(): ReactNode {
    if (!this.state.fallen) return this.props.children;
    return <Empty icon="alert" title={failures.crash} text={failures.crashText} />;
  }
}
