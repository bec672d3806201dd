/** Whether a key press is somebody else's: typed into a field, with a command key, or while a dialog or menu is open. */
export function isElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const at = event.target instanceof Element ? event.target : null;
  if (
    at?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=tablist], [role=slider]")
  )
    return true;
  return document.querySelector("[role=dialog]") !== null;
}
