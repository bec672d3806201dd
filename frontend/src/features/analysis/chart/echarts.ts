/** Only what our charts draw with: the whole library is several times this. Imported by the chart alone, which is loaded lazily. */
import { BarChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
import { GridComponent, RadarComponent, TooltipComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

register([BarChart, LineChart, RadarChart, ScatterChart, GridComponent, RadarComponent, TooltipComponent, SVGRenderer]);

export { init };
