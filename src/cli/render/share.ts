/** A share of the value in whole per cent; what is there never reads as nothing, what is missing never as all. */
export function shareText(percent: number): string {
  if (percent > 0 && percent < 0.5) return '<1 %';
  if (percent < 100 && percent >= 99.5) return '>99 %';
  return `${percent.toFixed(0)} %`;
}
