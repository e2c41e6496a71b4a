//! How screens read and act. What is shown is always what the application last answered: nothing here edits a copy.
//! Invariant: any change announced by the store makes every shown answer be read again, the old one staying meanwhile.
import {
  keepPreviousData,
  notifyManager,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { useCallback } from "react";
import { say } from "../components/Toast";
import { explain, SEVERITY } from "../errors/table";
import { type CommandName, call, onChange, type RequestOf, type ResponseOf } from "../host";
import type { WireError } from "../wire/types";

// An answer is shown as soon as it is there; by default it would wait for a timer.
notifyManager.setScheduler(queueMicrotask);

export const client = new QueryClient({
  defaultOptions: {
    // The application is on this machine: a failure does not mend itself by asking again, and « online » of the browser
    // says nothing about it.
    queries: { retry: false, networkMode: "always", staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
    // What was asked is forgotten as soon as nothing shows its answer: it may hold a password.
    mutations: { retry: false, networkMode: "always", gcTime: 0 },
  },
});

/** Listens to the store's announcements, for as long as the window lives. */
export function followChanges(): () => void {
  return onChange(() => void client.invalidateQueries());
}

/** Asks before the screen that shows it is there. A refusal is told by that screen, which asks again. */
export function askAhead<Name extends CommandName>(name: Name, request: RequestOf<Name>): void {
  void client.prefetchQuery({ queryKey: [name, request], queryFn: () => call(name, request) });
}

interface CallOptions {
  /** False while the request makes no sense yet. */
  when?: boolean;
  /** What never changes (the content of a file) is read once, whatever else changes. */
  fixed?: boolean;
}

/** Reads: useCall("ticket_show", { id }). While a changed request is answered, the previous answer stays on screen. */
export function useCall<Name extends CommandName>(
  name: Name,
  request: RequestOf<Name>,
  { when = true, fixed = false }: CallOptions = {},
): UseQueryResult<ResponseOf<Name>, WireError> {
  return useQuery<ResponseOf<Name>, WireError>({
    queryKey: [name, request],
    queryFn: () => call(name, request),
    enabled: when,
    ...(fixed ? { staleTime: "static" as const } : {}),
    placeholderData: keepPreviousData,
  });
}

interface ActOptions {
  /** The form shows the error at its field: no message is raised. */
  quiet?: boolean;
}

/** What follows an act. It is run even when the screen that asked has gone meanwhile: the act itself took place. */
interface Then<Response> {
  onSuccess?: (response: Response) => void;
  onError?: (error: WireError) => void;
  onSettled?: () => void;
}

type Act<Name extends CommandName> = Omit<UseMutationResult<ResponseOf<Name>, WireError, RequestOf<Name>>, "mutate"> & {
  mutate: (request: RequestOf<Name>, then?: Then<ResponseOf<Name>>) => void;
};

/** Acts: const save = useAct("equipment_save"); save.mutate(form, { onSuccess }). Failures are said unless `quiet`. */
export function useAct<Name extends CommandName>(name: Name, { quiet = false }: ActOptions = {}): Act<Name> {
  const mutation = useMutation<ResponseOf<Name>, WireError, RequestOf<Name>>({
    mutationKey: [name],
    mutationFn: (request) => call(name, request),
    onError: (error) => {
      const severity = SEVERITY[error.code];
      if (quiet || severity === "none") return;
      say({ text: explain(error), tone: severity === "failure" ? "bad" : "care" });
    },
    onSettled: () => client.invalidateQueries(),
  });
  const { mutateAsync } = mutation;
  const mutate = useCallback(
    (request: RequestOf<Name>, { onSuccess, onError, onSettled }: Then<ResponseOf<Name>> = {}) =>
      // A refusal that nobody here listens to has been said above.
      void mutateAsync(request)
        .then(onSuccess, onError ?? (() => {}))
        .finally(onSettled),
    [mutateAsync],
  );
  return { ...mutation, mutate };
}
