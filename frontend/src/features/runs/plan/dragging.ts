import type { DragEvent } from "react";

const KIND = "application/x-siji-row";

/** What makes a row something that can be taken and dropped elsewhere. */
export function draggable(key: string, isOn: boolean) {
  if (!isOn) return {};
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(KIND, key);
      event.dataTransfer.effectAllowed = "move";
    },
  };
}

/** What takes a dropped row; what is dragged there from elsewhere is left alone. */
export function droppable(onRow: (key: string) => void, isOn: boolean) {
  if (!isOn) return {};
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.setAttribute("data-over", "");
    },
    onDragLeave: (event: DragEvent) => event.currentTarget.removeAttribute("data-over"),
    onDrop: (event: DragEvent) => {
      const key = event.dataTransfer.getData(KIND);
      event.currentTarget.removeAttribute("data-over");
      if (!key) return;
      event.preventDefault();
      event.stopPropagation();
      onRow(key);
    },
  };
}
