import { asks, ME, ofShell, silent, withoutShell } from "@/lib/asks";

/**
 * Asks who is signed in, and what the page will ask first, as soon as the HTML is there: without waiting for the scripts that
 * will show it. The answers wait in `window.sijiAhead` (lib/ahead.ts). Reads the address as `asksOf` does, and is written so
 * that an old browser can read it.
 */
export const askScript = `(function(table,silent,shell,bare){
var at=location.pathname.replace(/^\\/(zh|en)(?=\\/|$)/,"")||"/";
if(!window.fetch)return;
var m=/^(\\/[^\\/]*)(?:\\/([^\\/]+))?\\/?$/.exec(at)||[],id=m[2];
var place=id===undefined?m[1]:m[1]+"/:id";
var page=id===undefined&&location.search?0:table[place];
var quiet=silent.indexOf(at)>=0;
if(quiet&&!page)return;
var store=window.sijiAhead={};
function ask(url){
url=url.split(":id").join(id);
var asked=store[url]={askedAt:performance.now(),heardAt:0,answer:fetch(url)};
function hear(){asked.heardAt=performance.now()}
asked.answer.then(hear,hear);
return asked.answer}
function askAll(urls){(urls||[]).forEach(ask)}
var me=quiet?0:ask(${JSON.stringify(ME)});
if(page)askAll(page.all);
if(quiet)return;
if(bare.indexOf(place)<0)ask(shell);
if(page&&page.of)me.then(function(answer){if(answer.ok)return answer.clone().json().then(function(it){askAll(page.of[it.role])})})["catch"](function(){})
})(${[asks, silent, ofShell, withoutShell].map((value) => JSON.stringify(value)).join()})`;

export function AskScript() {
  return <script dangerouslySetInnerHTML={{ __html: askScript }} />;
}
