//! The two other ways to begin: a predecessor's file, and the sample collège, where nothing leaves.
import { GraduationCap, Handshake } from "lucide-react";
import { Button } from "../../components/Button";
import { useAct } from "../../data";
import styles from "./Start.module.css";

export function TryIt() {
  const start = useAct("training_start");
  return (
    <>
      <p className={styles.quiet}>
        Pour découvrir sans rien remplir{"\u202f"}: un collège inventé, avec son matériel et ses dossiers. Rien ne part
        vers la vraie plateforme.
      </p>
      <Button icon={GraduationCap} isPending={start.isPending} onPress={() => start.mutate({})}>
        {start.isPending ? "Préparation de l’exemple…" : "Essayer avec un collège d’exemple"}
      </Button>
    </>
  );
}

export function TakeOver({ onPress }: { onPress: () => void }) {
  return (
    <>
      <p className={styles.quiet}>Vous succédez à quelqu’un qui tenait déjà Relais, et il vous a laissé un fichier.</p>
      <Button icon={Handshake} onPress={onPress}>
        Reprendre la suite d’un collègue
      </Button>
    </>
  );
}
