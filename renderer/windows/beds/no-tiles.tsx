import { useLoading } from '../../state/hooks.ts';
import { Void } from '../../ui/controls.tsx';
import { countText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';

/** What stands where no tile does: a site without beds, or, while the copy of this desk is not whole, that nothing is known yet. */
export const NoTiles = ({ known }: { readonly known: boolean }) => {
  const loading = useLoading();
  if (known) {
    return (
      <Void kind="none" title={t('beds.noBeds')}>
        {t('beds.noBedsWhy')}
      </Void>
    );
  }
  return loading ? (
    <Void kind="loading" title={t('void.loading')}>
      {t('banner.loadingCount', { loaded: countText(loading.loaded), total: countText(loading.total) })}
    </Void>
  ) : (
    <Void kind="unknown" title={t('void.unknown')}>
      {t('void.unknownWhy')}
    </Void>
  );
};
