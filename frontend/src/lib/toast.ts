/**
 * Short notices. Nobody needs them while a page is being opened, so their library comes with the first one. It keeps a notice
 * until there is a place where it can appear.
 */
import type { ExternalToast } from "sonner";
import { useAppStore } from "@/lib/store";

type Say = (message: string, options?: ExternalToast) => void;

const plain: Say = (message, options) => void sonner().then((say) => say(message, options));
const error: Say = (message, options) => void sonner().then((say) => say.error(message, options));
const success: Say = (message, options) => {
  if (useAppStore.getState().preferences.notifications) void sonner().then((say) => say.success(message, options));
};

/** Of something that takes a while; `id` names it, for the notice that takes its place or its end. */
const loading = (message: string, options: ExternalToast & { id: string }) =>
  void sonner().then((say) => say.loading(message, options));
const dismiss = (id: string) => void sonner().then((say) => say.dismiss(id));

export const toast = Object.assign(plain, { success, error, loading, dismiss });

async function sonner() {
  return (await import("sonner")).toast;
}
