import { PREFERENCES_KEY } from "@/lib/preferences";

/**
 * Stands in the pages themselves. Before the first paint it sets the colours, from the kept preference or the
 * system, and marks a browser that lacks what the product is written with (Chrome 111, Safari 16.4 and Firefox 128 have it all), for
 * the notice in the page. It is written so that such a browser can read it.
 */
const script = `(function(){var d=document.documentElement,t="system";try{t=JSON.parse(localStorage.getItem("${PREFERENCES_KEY}")).state.preferences.theme}catch(e){}
if(t!=="light"&&t!=="dark")t=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";d.setAttribute("data-theme",t);
var c=window.CSS;if(!(c&&c.supports&&c.supports("color","oklch(0 0 0)")&&c.supports("selector(:has(a))")&&c.registerProperty&&window.indexedDB&&window.structuredClone))d.setAttribute("data-browser","old")})()`;

export function ThemeScript() {
  return <script dangerouslySetInnerHTML={{ __html: script }} />;
}
