import { Skeleton } from "@/components/ui/skeleton";

/** The places of a home before it is known whose it is. */
export function HomeSkeleton() {
  return (
    <div aria-busy>
      <div className="mb-6 grid gap-2">
        <Skeleton className="h-8 w-56" />
        <Skeleton className="h-5 w-40" />
      </div>
      <DashboardSkeleton />
    </div>
  );
}

/** Of what stands under its heading. */
export function DashboardSkeleton() {
  return (
    <div aria-busy className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid gap-5">
        <Skeleton className="h-44 rounded-card" />
        <Skeleton className="h-44 rounded-card" />
        <Skeleton className="h-44 rounded-card" />
      </div>
      <Skeleton className="h-80 rounded-card" />
    </div>
  );
}
