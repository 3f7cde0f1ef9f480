import { useEffect, useRef, useState } from "preact/hooks";
import { tell } from "../api/client";
import type { Problem, User } from "../api/types";
import { Heading, Trouble, problemOf } from "../parts/pieces";

/** A name and a password; for a team's record. */
export function SignIn({ done }: { done: () => void }) {
  return (
    <main id="main" class="sheet narrow">
      <Heading title="Sign in">This record is a team’s.</Heading>
      <Form done={done} />
    </main>
  );
}

/** Over a view whose session has ended: what was typed there stays, and can be sent once who typed it has signed in again. */
export function SignedOut({ done }: { done: () => void }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!box.current?.open) box.current?.showModal();
  }, []);
  return (
    <dialog class="over" ref={box} aria-labelledby="signed-out" onCancel={(event) => event.preventDefault()}>
      <h2 id="signed-out">Your session has ended</h2>
      <p class="quiet">What you typed is still there. Sign in again, then send it once more.</p>
      <Form done={done} />
    </dialog>
  );
}

function Form({ done }: { done: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    setProblem(null);
    tell<User>("POST", "/api/session", { name: data.get("name"), password: data.get("password") }).then(done, (fault: unknown) => setProblem(problemOf(fault)));
  };
  return (
    <>
      <form class="form stack" onSubmit={submit}>
        <label class="field">name <input name="name" autocomplete="username" required maxLength={100} /></label>
        <label class="field">password <input name="password" type="password" autocomplete="current-password" required maxLength={1000} /></label>
        <button class="button strong" type="submit">Sign in</button>
      </form>
      {problem && <Trouble problem={problem} />}
    </>
  );
}
