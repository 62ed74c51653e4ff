import { Component, createRef } from "preact";

/** `stay` and `go` are what the buttons say. */
type Props = { title: string; how: string; stay: string; go: string; yes(): void; close(): void };

/** Asks before something is gone for good. The first button is the safe one. */
export class Confirm extends Component<Props> {
  box = createRef<HTMLDialogElement>();

  override componentDidMount(): void {
    this.box.current!.showModal();
  }

  go = (): void => {
    this.box.current!.close();
    this.props.yes();
  };

  override render({ title, how, stay, go, close }: Props) {
    return (
      <dialog class="card stack" ref={this.box} aria-labelledby="ask" onClose={close}>
        <h2 id="ask">{title}</h2>
        <p class="soft">{how}</p>
        <p class="row">
          <button type="button" class="btn" onClick={() => this.box.current!.close()}>{stay}</button>
          <button type="button" class="btn harm" onClick={this.go}>{go}</button>
        </p>
      </dialog>
    );
  }
}
