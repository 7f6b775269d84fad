import { useEffect, useRef, useState } from 'react';
import { useClient } from '../../state/hooks.ts';
import { Button, Dialog, Void } from '../../ui/controls.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { useToast } from '../../ui/toast.tsx';
import { words } from './strings.ts';

type Bundle = { readonly fileName: string; readonly text: string };
type Asked =
  | { readonly state: 'asking' }
  | { readonly state: 'made'; readonly bundle: Bundle }
  | { readonly state: 'failed'; readonly why: string };

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Shows exactly what would leave this desk, then lets a person save or copy it. */
export const BundleDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const client = useClient();
  const toast = useToast();
  const [asked, setAsked] = useState<Asked>({ state: 'asking' });
  useEffect(() => {
    let isOver = false;
    const tell = (next: Asked): void => {
      if (!isOver) setAsked(next);
    };
    client.supportBundle().then(
      (bundle) => tell({ state: 'made', bundle }),
      (error: unknown) => tell({ state: 'failed', why: whyOf(error) }),
    );
    return () => {
      isOver = true;
    };
  }, [client]);
  const bundle = asked.state === 'made' ? asked.bundle : null;
  const shown = useRef<HTMLPreElement>(null);
  const isMade = bundle !== null;
  useEffect(() => {
    if (isMade) shown.current?.focus();
  }, [isMade]);
  const act = (done: Promise<string | null>): void =>
    void done.then(
      (text) => text !== null && toast.show({ text }),
      (error: unknown) => toast.show({ text: words('failed', { why: whyOf(error) }), tone: 'refused' }),
    );
  const save = async ({ fileName, text }: Bundle): Promise<string | null> => {
    const file = await client.saveText(fileName, text);
    return file === null ? null : words('saved', { file });
  };
  const copy = async ({ text }: Bundle): Promise<string> => {
    await client.copyText(text);
    return words('copied');
  };
  useKeys([
    { key: 's', label: words('save'), when: bundle !== null, run: () => bundle && act(save(bundle)) },
    { key: 'c', label: words('copyText'), when: bundle !== null, run: () => bundle && act(copy(bundle)) },
  ]);
  return (
    <Dialog title={words('bundle')} onClose={onClose} wide>
      <p className="bundle__what">{words('bundleWhat')}</p>
      {asked.state === 'asking' ? <Void kind="loading" title={words('bundleMaking')} /> : null}
      {asked.state === 'failed' ? <Void kind="unknown" title={words('bundleFailed', { why: asked.why })} /> : null}
      {bundle ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach that */}
          <pre className="bundle__text selectable" tabIndex={0} ref={shown}>
            {bundle.text}
          </pre>
          <div className="row bundle__do">
            <span className="meta">
              {words('bundleSize', {
                kilobytes: Math.ceil(bundle.text.length / 1000),
                lines: bundle.text.split('\n').length,
              })}
            </span>
            <span className="grow" />
            <Button touch keyName="c" onPress={() => act(copy(bundle))}>
              {words('copyText')}
            </Button>
            <Button main touch keyName="s" onPress={() => act(save(bundle))}>
              {words('save')}
            </Button>
          </div>
        </>
      ) : null}
    </Dialog>
  );
};
