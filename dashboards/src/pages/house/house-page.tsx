export default function HousePage(_: { readonly id?: string }) {
  return null;
}
