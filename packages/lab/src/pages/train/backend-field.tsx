/** @file Where it is computed, as far as this browser and this page can. */
import { SelectField } from '../../components/field.js';
import { type Abilities, abilities } from '../../runtime/abilities.js';
import type { Settings } from '../../settings/settings.js';
import { useLazy } from '../../shell/use-lazy.js';

export interface BackendFieldProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

export function BackendField({ settings, onChange }: BackendFieldProps) {
  const found = useLazy(abilities);
  return (
    <SelectField
      label="where"
      name="backend"
      value={settings.backend}
      options={{ wasm: 'processor (WebAssembly)', webgpu: 'graphics card (WebGPU)' }}
      onChange={(backend) => onChange({ backend })}
      hint={found.state === 'ready' ? hintOf(settings, found.value) : 'looking at what this browser can do …'}
      error={
        found.state === 'ready' && settings.backend === 'webgpu' && found.value.noWebGpu !== undefined
          ? `${found.value.noWebGpu}: choose the processor`
          : undefined
      }
    />
  );
}

function hintOf({ backend }: Settings, { isolated }: Abilities): string {
  if (backend === 'webgpu')
    return 'same masks; sums may differ in their last digits from those of the processor';
  return isolated
    ? 'as many threads as pay on this device; the run says how many'
    : 'one thread: this server does not send the headers that allow threads';
}
