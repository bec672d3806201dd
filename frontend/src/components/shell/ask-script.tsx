import { asks, ME, silent } from "@/lib/asks";

/**
 * Asks who is signed in, and what the page will ask first, as soon as the HTML is there: without waiting for the scripts that
 * will show it. The answers wait in `window.sijiAhead` (lib/ahead.ts). Reads the address as `asksOf` does.
 */
export const askScript = `(function(t,silent){
var at=location.pathname.replace(/^\\/(zh|en)(?=\\/|$)/,"")||"/";
if(silent.indexOf(at)>=0)return;
var m=/^(\\/[^\\/]*)(?:\\/([^\\/]+))?\\/?$/.exec(at)||[],id=m[2];
var urls=id!==undefined?t[m[1]+"/:id"]:location.search?[]:t[m[1]];
var store=window.sijiAhead={};
[${JSON.stringify(ME)}].concat(urls||[]).forEach(function(url){
url=url.split(":id").join(id);
var asked=store[url]={askedAt:performance.now(),heardAt:0,answer:fetch(url)};
function hear(){asked.heardAt=performance.now()}
asked.answer.then(hear,hear)})
})(${JSON.stringify(asks)},${JSON.stringify(silent)})`;

export function AskScript() {
  return <script dangerouslySetInnerHTML={{ __html: askScript }} />;
}
