import { type ReactNode, Suspense } from 'react';
import { Dialog, Void } from './controls.tsx';

/** A dialog whose code comes when it is asked for: until then it says so, and takes the keys already. */
export const Opening = ({
  title,
  loading,
  onClose,
  children,
}: {
  readonly title: string;
  readonly loading: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) => (
  <Suspense
    fallback={
      <Dialog title={title} onClose={onClose} wide>
        <Void kind="loading" title={loading} />
      </Dialog>
    }
  >
    {children}
  </Suspense>
);
