import { PREFERENCES_KEY } from "@/lib/preferences";

/** Sets the colours before the first paint, from the kept preference or the system; the page itself is static. */
const script = `(function(){var t="system";try{t=JSON.parse(localStorage.getItem("${PREFERENCES_KEY}")).state.theme}catch(e){}
if(t!=="light"&&t!=="dark")t=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";
document.documentElement.dataset.theme=t})()`;

export function ThemeScript() {
  return <script dangerouslySetInnerHTML={{ __html: script }} />;
}
