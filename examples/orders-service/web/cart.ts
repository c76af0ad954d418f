export const CART_BADGE_LIMIT = 99;
export const REFRESH_EVERY_MS = 15000;

interface Line { sku: string; title: string; qty: number; }

export function badgeText(lines: Line[]): string {
  const count = lines.reduce((sum, line) => sum + line.qty, 0);
  return count > CART_BADGE_LIMIT ? `${CART_BADGE_LIMIT}+` : String(count);
}

export function showNotice(box: HTMLElement): void {
  const notice = new URLSearchParams(location.search).get("notice") || "";
  box.innerHTML = "<p class='notice'>" + notice + "</p>";
}

export function showCoupon(box: HTMLElement): void {
  const coupon = decodeURIComponent(location.hash.slice(1));
  box.textContent = "Coupon: " + coupon;
}
